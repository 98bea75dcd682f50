import type { Result } from "#domain/result.ts";
import { Repeats, type SeenCode } from "./seen-code.ts";

/** What keeps a camera from scanning. */
export const CAMERA_TROUBLES = [
  "denied",
  "noCamera",
  "notThere",
  "inUse",
  "unplugged",
  "noDecoder",
  "failed",
] as const;
export type CameraTrouble = (typeof CAMERA_TROUBLES)[number];

export type CameraState =
  | { readonly kind: "starting" }
  | { readonly kind: "looking" }
  | { readonly kind: "trouble"; readonly why: CameraTrouble };

/** A camera that is on. */
export interface Eye<Picture> {
  /** The next picture; null when the camera is gone. */
  look(): Promise<Picture | null>;
  /** Switches it off. */
  close(): void;
}

/** What finds codes in pictures. */
export interface Decoder<Picture> {
  read(picture: Picture): Promise<Result<readonly SeenCode[], "noDecoder">>;
  close(): void;
}

export interface CameraPorts<Picture> {
  readonly open: () => Promise<Result<Eye<Picture>, CameraTrouble>>;
  readonly decoder: () => Decoder<Picture>;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}

/** Scans with a camera from `start` until `stop`, or until the camera or the decoder fails. It is used once. */
export class CameraScanning<Picture> {
  readonly #ports: CameraPorts<Picture>;
  readonly #onCode: (code: SeenCode) => void;
  readonly #onState: (state: CameraState) => void;
  readonly #repeats = new Repeats();
  #eye: Eye<Picture> | null = null;
  #decoder: Decoder<Picture> | null = null;
  #isOver = false;

  constructor(
    ports: CameraPorts<Picture>,
    told: {
      readonly onCode: (code: SeenCode) => void;
      readonly onState: (state: CameraState) => void;
    },
  ) {
    this.#ports = ports;
    this.#onCode = told.onCode;
    this.#onState = told.onState;
  }

  /** Resolves when it scans no more. */
  async start(): Promise<void> {
    this.#onState({ kind: "starting" });
    const opened = await this.#ports.open();
    // Closed before it was open: the camera's light must not stay on for nobody.
    if (this.#isOver) {
      if (opened.ok) opened.value.close();
      return;
    }
    if (!opened.ok) return this.#fail(opened.reason);
    this.#eye = opened.value;
    this.#decoder = this.#ports.decoder();
    this.#onState({ kind: "looking" });
    const why = await this.#scan(opened.value, this.#decoder);
    if (why !== null) this.#fail(why);
  }

  /** Switches the camera off; what it was about to read counts no more. */
  stop(): void {
    this.#isOver = true;
    this.#eye?.close();
    this.#decoder?.close();
    this.#eye = null;
    this.#decoder = null;
  }

  async #scan(eye: Eye<Picture>, decoder: Decoder<Picture>): Promise<CameraTrouble | null> {
    while (!this.#isOver) {
      const picture = await eye.look();
      if (this.#isOver) break;
      if (picture === null) return "unplugged";
      const read = await decoder.read(picture);
      if (this.#isOver) break;
      if (!read.ok) return read.reason;
      this.#take(read.value);
    }
    return null;
  }

  #take(codes: readonly SeenCode[]): void {
    const code = this.#repeats.look(codes, this.#ports.now());
    if (code !== null) this.#onCode(code);
  }

  #fail(why: CameraTrouble): void {
    if (this.#isOver) return;
    this.stop();
    this.#onState({ kind: "trouble", why });
  }
}
