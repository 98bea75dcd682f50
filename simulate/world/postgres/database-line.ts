import { setImmediate as turnOver } from "node:timers/promises";
import type { Disk } from "../disk.ts";
import { Killed } from "../disk.ts";
import { DatabaseStream } from "./database-stream.ts";
import { type Message, messageOf, textOf } from "./messages.ts";

/** What becomes of a commit: the database never hears of it, or nobody hears that it was done. */
export type CommitTrouble = "undone" | "unheard";

/** As PostgreSQL fails where its disk is full. */
const RAISE_FULL = messageOf(
  "Q",
  "DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
).bytes;
const ROLLBACK = messageOf("Q", "ROLLBACK").bytes;
const COMMITTED = messageOf("C", "COMMIT");

/** As seeded bugs name what a server keeps. */
const DATA = "server.sqlite";

/** What a connection asks and is answered in one piece; or that it begins, or ends. */
export interface Asking {
  readonly stream: DatabaseStream;
  readonly kind: "connect" | "ask" | "end";
  readonly messages: readonly Message[];
}

interface UnderWay extends Asking {
  readonly isCommit: boolean;
  /** A commit that is answered and not done: only a seeded bug does that. */
  readonly isLost: boolean;
  readonly answer: Message[];
  /** What the database has to tell those who listen, before this counts as answered. */
  readonly told: { readonly stream: DatabaseStream; readonly message: Message }[];
  isAnswered: boolean;
}

/**
 * The way between a simulated server and its PostgreSQL. One asking is under way at a time, in the order in which they were begun, and an answer is handed on when it
 * is whole, so that a day goes the same way however quick the database is; what a commit tells is handed on right after its answer.
 */
export class DatabaseLine {
  /** Whoever connects is refused. */
  isDown = false;
  /** The connection of the so-manieth asking from now breaks before it is sent; 0: none does. */
  breakIn = 0;
  /** The same of the so-manieth commit. */
  commitIn = 0;
  commitTrouble: CommitTrouble = "undone";
  /** So often did it fail whoever used it. */
  troubles = 0;
  readonly #disk: Disk;
  readonly #note: (what: string) => void;
  readonly #streams = new Set<DatabaseStream>();
  readonly #waiting: Asking[] = [];
  #underWay: UnderWay | null = null;
  #isTurning = false;
  #isLeft = false;
  #rest: (() => void)[] = [];

  constructor(disk: Disk, note: (what: string) => void) {
    this.#disk = disk;
    this.#note = note;
  }

  /** A connection, as `pg` asks for it. */
  readonly stream = (): DatabaseStream => {
    const stream = new DatabaseStream({
      ask: (asking) => this.#begin(asking),
      heard: (message) => this.#heard(stream, message),
      ready: () => this.#connected(stream),
      gone: () => this.#gone(stream),
    });
    this.#streams.add(stream);
    return stream;
  };

  /** Whether the database is asked something, or about to be. */
  get isBusy(): boolean {
    return this.#underWay !== null || this.#waiting.length > 0 || this.#isTurning;
  }

  /** Resolves when the database was answered for all that it was asked so far. */
  atRest(): Promise<void> {
    return this.isBusy ? new Promise((resolve) => this.#rest.push(resolve)) : Promise.resolve();
  }

  /** Every connection breaks at once. */
  breakAll(): void {
    for (const stream of [...this.#streams]) this.#lose(stream);
  }

  /** The server is gone: PostgreSQL takes back what it had begun, and nobody connects by this any more. */
  leave(): void {
    this.#isLeft = true;
    this.#waiting.length = 0;
    this.breakAll();
  }

  /** Nothing is wrong from now on. */
  mend(): void {
    this.isDown = false;
    this.breakIn = 0;
    this.commitIn = 0;
  }

  #begin(asking: Asking): void {
    this.#waiting.push(asking);
    if (this.#underWay === null && !this.#isTurning) this.#next();
  }

  #next(): void {
    for (;;) {
      const asking = this.#waiting.shift();
      if (asking === undefined) break;
      if (asking.stream.destroyed) continue;
      const isCommit = asking.stream.isWriting && asksOf(asking) === "COMMIT";
      const bytes = this.#fate(asking, isCommit);
      if (bytes === null) continue;
      const isLost = bytes === ROLLBACK;
      this.#underWay = { ...asking, isCommit, isLost, answer: [], told: [], isAnswered: false };
      asking.stream.send(asking.kind, bytes);
      return;
    }
    for (const resolve of this.#rest.splice(0)) resolve();
  }

  /** What is sent of it; null where the connection broke, or the server ended, before it was. */
  #fate({ stream, kind, messages }: Asking, isCommit: boolean): Buffer | null {
    const bytes = Buffer.concat(messages.map((message) => message.bytes));
    if (kind === "end") return bytes;
    if (this.#isLeft || this.isDown) {
      this.#lose(stream, "ECONNREFUSED");
      return null;
    }
    if (isCommit && !this.#goesOn("before")) return null;
    if (kind === "ask" && this.#isTurnOf("breakIn")) {
      this.#note("a connection to the database broke");
      this.#lose(stream);
      return null;
    }
    if (isCommit && this.commitTrouble === "undone" && this.#isTurnOf("commitIn")) {
      this.#note("a connection to the database broke before its commit");
      this.#lose(stream);
      return null;
    }
    if (isCommit && this.#disk.fails) {
      this.troubles += 1;
      return RAISE_FULL;
    }
    return isCommit && this.#disk.losesCommit(DATA) ? ROLLBACK : bytes;
  }

  #isTurnOf(which: "breakIn" | "commitIn"): boolean {
    if (this[which] === 0) return false;
    this[which] -= 1;
    return this[which] === 0;
  }

  /** Whether the machine of the server comes past this point of a commit. */
  #goesOn(point: "before" | "after"): boolean {
    try {
      this.#disk.at(point);
      return true;
    } catch (error) {
      if (error instanceof Killed) return false;
      throw error;
    }
  }

  #connected(stream: DatabaseStream): void {
    if (this.#underWay?.stream === stream) this.#over(() => stream.emit("connect"));
  }

  #heard(stream: DatabaseStream, message: Message): void {
    const underWay = this.#underWay;
    if (underWay === null) {
      stream.push(message.bytes);
      return;
    }
    if (message.kind === "A") underWay.told.push({ stream, message });
    else if (underWay.stream !== stream) stream.push(message.bytes);
    else {
      const isAnswerOfLost = underWay.isLost && message.kind === "C";
      underWay.answer.push(isAnswerOfLost ? COMMITTED : message);
      // Who lets whom in is talked over before there is an answer.
      if (message.kind === "R") stream.push(takenAll(underWay.answer));
      if (message.kind === "Z") {
        underWay.isAnswered = true;
        stream.noted(underWay.messages, underWay.answer);
        if (underWay.isLost) stream.tells = 0;
      }
    }
    this.#seeAnswered(underWay);
  }

  /** An answer is whole when all who listen have heard what it tells. */
  #seeAnswered(underWay: UnderWay): void {
    const { stream, isCommit, answer, told } = underWay;
    if (!underWay.isAnswered) return;
    const listening = [...this.#streams].filter((each) => each.isListening && !each.destroyed).length;
    if (isCommit && told.length < stream.tells * listening) return;
    if (isCommit && !this.#goesOn("after")) return;
    if (isCommit && this.commitTrouble === "unheard" && this.#isTurnOf("commitIn")) {
      this.#note("a commit was done and its answer lost");
      this.#over(() => {
        this.#lose(stream);
        for (const each of told) each.stream.push(each.message.bytes);
      });
      return;
    }
    this.#over(() => {
      stream.push(takenAll(answer));
      for (const each of told) each.stream.push(each.message.bytes);
    });
  }

  /** Ends what is under way; what comes of it goes first, then the next. */
  #over(handOn: () => void): void {
    this.#underWay = null;
    this.#isTurning = true;
    handOn();
    void turnOver()
      .then(() => turnOver())
      .then(() => {
        this.#isTurning = false;
        if (this.#underWay === null) this.#next();
      });
  }

  /** PostgreSQL has ended a connection, or we have. */
  #gone(stream: DatabaseStream): void {
    this.#streams.delete(stream);
    const underWay = this.#underWay;
    if (underWay === null) return;
    if (underWay.stream === stream)
      this.#over(() => {
        if (underWay.answer.length > 0 && !stream.destroyed) stream.push(takenAll(underWay.answer));
        stream.ended();
      });
    else this.#seeAnswered(underWay);
  }

  #lose(stream: DatabaseStream, code = "ECONNRESET"): void {
    this.troubles += 1;
    this.#streams.delete(stream);
    stream.destroy(Object.assign(new Error(`the connection to the database: ${code}`), { code }));
    if (this.#underWay?.stream === stream) this.#over(() => undefined);
  }
}

/** The plain question that an asking is; null where it is another. */
function asksOf({ messages }: Asking): string | null {
  const [first] = messages;
  return first?.kind === "Q" ? textOf(first) : null;
}

function takenAll(messages: Message[]): Buffer {
  return Buffer.concat(messages.splice(0).map(({ bytes }) => bytes));
}
