const DLE = 0x10;
const EOT = 0x04;
const STATUS_OK = 0x12;
const COVER_OPEN = 0x16;
const PAPER_END = 0x72;
const ASKED_OFFLINE_CAUSE = 2;
const ASKED_PAPER = 4;
const GS = 0x1d;
const ASKED_IDENTITY = 0x49;

/** What a printer says it is, in answer to GS I 66 (maker) and 67 (model). */
const IDENTITY: Readonly<Record<number, string>> = { 66: "EPSON", 67: "TM-T20III" };

/** Takes DLE EOT n and GS I n out of what was sent: what is left is printed. A mute printer knows no requests, and prints none of them. */
export function answerRequests(
  data: Buffer,
  mood: string,
): { readonly printed: Buffer; readonly answers: Buffer } {
  const printed: number[] = [];
  const answers: number[] = [];
  for (let index = 0; index < data.length; index += 1) {
    const [first = 0, second = 0, third = 0] = data.subarray(index, index + 3);
    const name = first === GS && second === ASKED_IDENTITY ? IDENTITY[third] : undefined;
    const isStatus = first === DLE && second === EOT;
    if (!isStatus && name === undefined) {
      printed.push(first);
      continue;
    }
    if (mood !== "mute") answers.push(...(name === undefined ? [statusByte(third, mood)] : identity(name)));
    index += 2;
  }
  return { printed: Buffer.from(printed), answers: Buffer.from(answers) };
}

function identity(name: string): readonly number[] {
  return [0x5f, ...Buffer.from(name), 0];
}

function statusByte(asked: number, mood: string): number {
  if (asked === ASKED_OFFLINE_CAUSE && mood === "coverOpen") return COVER_OPEN;
  return asked === ASKED_PAPER && mood === "outOfPaper" ? PAPER_END : STATUS_OK;
}
