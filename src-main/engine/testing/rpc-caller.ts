import type { Channel } from "#protocol/till/channel.ts";
import type { Verb, VerbArgs, View } from "#protocol/till/contract.ts";
import { type ResponseFrame, responseFrameSchema } from "#protocol/till/frames.ts";

/** The line broke while the call was under way. */
export class LineBroken extends Error {}

/** The engine said that it could not do the call at all. */
export class Fault extends Error {
  readonly reason: Extract<ResponseFrame, { readonly frame: "fault" }>["reason"];

  constructor({ reason, message }: Extract<ResponseFrame, { readonly frame: "fault" }>) {
    super(message);
    this.reason = reason;
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** What a watched view has shown, oldest first, and how to wait for what it shall show. */
export interface Watched {
  readonly id: number;
  readonly seen: readonly unknown[];
  /** Resolves with the first value, seen already or still to come, that is as wanted. */
  until(wanted: (value: unknown) => boolean): Promise<unknown>;
  stop(): void;
}

/** A page's end of the line, as plain as can be: it numbers calls and keeps every frame that comes. */
export class RpcCaller {
  readonly frames: ResponseFrame[] = [];
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  /** Resolves when the line is gone. */
  readonly gone: Promise<void>;
  #nextId = 1;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.gone = new Promise((resolve) => {
      channel.onClose(() => {
        for (const { reject } of this.#waiting.values()) reject(new LineBroken("the line broke"));
        resolve();
      });
    });
    channel.onMessage((message) => this.#take(responseFrameSchema.parse(message)));
  }

  call<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<unknown> {
    return this.callAnything(verb, args);
  }

  /** A call that the contract may not know. */
  callAnything(verb: string, args: unknown): Promise<unknown> {
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.send({ frame: "call", id, verb, args });
    return answer;
  }

  /** Any message at all. */
  send(message: unknown): void {
    this.#channel.send(message);
  }

  watch(view: View): Watched {
    const id = this.#nextId++;
    const seen: unknown[] = [];
    this.#listeners.add(() => {
      const frame = this.frames.at(-1);
      if (frame?.frame === "view" && frame.id === id) seen.push(frame.value);
    });
    this.send({ frame: "watch", id, view });
    return {
      id,
      seen,
      until: (wanted) => this.#until(() => seen.find(wanted)),
      stop: () => this.send({ frame: "unwatch", id }),
    };
  }

  /** The fault that answers the frame of this number. */
  async faultOf(id: number): Promise<Fault> {
    return this.#until(() => {
      const frame = this.frames.find((each) => each.frame === "fault" && each.id === id);
      return frame?.frame === "fault" ? new Fault(frame) : undefined;
    });
  }

  hangUp(): void {
    this.#channel.close();
  }

  #take(frame: ResponseFrame): void {
    this.frames.push(frame);
    for (const listener of [...this.#listeners]) listener();
    if (frame.frame === "view") return;
    const waiting = this.#waiting.get(frame.id);
    this.#waiting.delete(frame.id);
    if (frame.frame === "fault") waiting?.reject(new Fault(frame));
    else waiting?.resolve(frame.value);
  }

  #until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const again = (): void => {
        const found = look();
        if (found === undefined) return;
        this.#listeners.delete(again);
        resolve(found);
      };
      this.#listeners.add(again);
      again();
    });
  }
}
