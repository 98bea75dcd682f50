import fc from "fast-check";
import { expect, test } from "vitest";
import { Responses } from "./responses.ts";

interface Answer {
  readonly status: number;
  readonly body: string;
}

function read(pieces: readonly Buffer[]): readonly Answer[] {
  const answers: Answer[] = [];
  let now = { status: 0, body: "" };
  const responses = new Responses({
    head: ({ status }) => {
      now = { status, body: "" };
    },
    body: (piece) => {
      now.body += piece.toString();
    },
    end: () => answers.push(now),
  });
  for (const piece of pieces) responses.take(piece);
  return answers;
}

const sized = ({ status, body }: Answer) =>
  `HTTP/1.1 ${status} X\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const chunked = ({ status, body }: Answer, size: number) => {
  const chunks = body.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  const written = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
  return `HTTP/1.1 ${status} X\r\ntransfer-encoding: chunked\r\n\r\n${written}0\r\n\r\n`;
};

const answer = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  body: fc.stringMatching(/^[a-z\r\n]{0,200}$/),
});

test("reads answers one after the other, however they are written and wherever they are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ answer, chunk: fc.integer({ min: 0, max: 50 }) }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      (answers, cuts) => {
        const all = Buffer.from(
          answers.map(({ answer, chunk }) => (chunk === 0 ? sized(answer) : chunked(answer, chunk))).join(""),
        );
        const pieces: Buffer[] = [];
        for (let at = 0, cut = 0; at < all.length; cut += 1) {
          const length = cuts[cut % cuts.length] ?? 1;
          pieces.push(all.subarray(at, at + length));
          at += length;
        }
        expect(read(pieces)).toEqual(answers.map(({ answer }) => answer));
      },
    ),
  );
});
