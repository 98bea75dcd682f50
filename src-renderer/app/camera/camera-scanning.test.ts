import { beforeEach, describe, expect, test } from "vitest";
import { ok, type Result, refused } from "#domain/result.ts";
import { CameraScanning, type CameraState, type CameraTrouble, type Eye } from "./camera-scanning.ts";
import { OUT_OF_SIGHT_MS, type SeenCode } from "./seen-code.ts";

const EAN: SeenCode = { text: "4006381333931", symbology: "]E0", offCentre: 0 };
const OTHER: SeenCode = { text: "96385074", symbology: "]E4", offCentre: 0 };

type Picture = readonly SeenCode[];

/** A camera before which codes are held by the test, one picture at a time. */
class HeldCamera implements Eye<Picture> {
  isOn = true;
  #pictures: (Picture | null)[] = [];
  #waiting: ((picture: Picture | null) => void) | null = null;

  hold(picture: Picture | null): void {
    if (this.#waiting === null) this.#pictures.push(picture);
    else this.#waiting(picture);
    this.#waiting = null;
  }

  look(): Promise<Picture | null> {
    const next = this.#pictures.shift();
    if (next !== undefined) return Promise.resolve(next);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    this.isOn = false;
    this.hold(null);
  }
}

let camera: HeldCamera;
let taken: string[];
let states: CameraState[];
let nowMs: number;
let looks: number;
let decoders: number;
let canRead: boolean;

beforeEach(() => {
  camera = new HeldCamera();
  taken = [];
  states = [];
  nowMs = 0;
  looks = 0;
  decoders = 0;
  canRead = true;
});

function scanning(open: () => Promise<Result<Eye<Picture>, CameraTrouble>> = async () => ok(camera)) {
  return new CameraScanning<Picture>(
    {
      open,
      now: () => {
        looks += 1;
        nowMs += OUT_OF_SIGHT_MS;
        return nowMs;
      },
      decoder: () => {
        decoders += 1;
        return {
          read: async (picture) => (canRead ? ok(picture) : refused("noDecoder")),
          close: () => {
            decoders -= 1;
          },
        };
      },
    },
    {
      onCode: ({ text }) => void taken.push(text),
      onState: (state) => states.push(state),
    },
  );
}

const trouble = (why: CameraTrouble): CameraState => ({ kind: "trouble", why });

describe("scanning by camera", () => {
  test("reads what is held in front of it, the same article once", async () => {
    for (const picture of [[], [EAN], [EAN], [OTHER], [EAN], null]) camera.hold(picture);
    await scanning().start();
    expect(taken).toEqual([EAN.text, OTHER.text]);
  });

  test("takes a second piece of the same article when the first was put away", async () => {
    const run = scanning();
    const over = run.start();
    camera.hold([EAN]);
    await expect.poll(() => taken).toEqual([EAN.text]);
    camera.hold([]);
    camera.hold([]);
    await expect.poll(() => looks).toBe(3);
    camera.hold([EAN]);
    await expect.poll(() => taken).toEqual([EAN.text, EAN.text]);
    run.stop();
    await over;
  });

  test("says that it starts, and that it looks", async () => {
    const run = scanning();
    const over = run.start();
    await expect.poll(() => states).toEqual([{ kind: "starting" }, { kind: "looking" }]);
    run.stop();
    await over;
  });

  test.each<CameraTrouble>(["denied", "noCamera", "notThere", "inUse", "failed"])(
    "says why where the camera cannot be had: %s",
    async (why) => {
      await scanning(async () => refused(why)).start();
      expect(states).toEqual([{ kind: "starting" }, trouble(why)]);
      expect(decoders).toBe(0);
    },
  );

  test("says that the camera is gone when it is unplugged, and leaves nothing running", async () => {
    camera.hold(null);
    await scanning().start();
    expect(states.at(-1)).toEqual(trouble("unplugged"));
    expect({ isOn: camera.isOn, decoders }).toEqual({ isOn: false, decoders: 0 });
  });

  test("says that pictures cannot be read, and switches the camera off", async () => {
    canRead = false;
    camera.hold([EAN]);
    await scanning().start();
    expect(states.at(-1)).toEqual(trouble("noDecoder"));
    expect({ isOn: camera.isOn, decoders, taken }).toEqual({ isOn: false, decoders: 0, taken: [] });
  });

  test("switches the camera off when it is closed, and takes nothing that it sees afterwards", async () => {
    const run = scanning();
    const over = run.start();
    await expect.poll(() => states.at(-1)).toEqual({ kind: "looking" });
    run.stop();
    camera.hold([EAN]);
    await over;
    expect({ isOn: camera.isOn, decoders, taken }).toEqual({ isOn: false, decoders: 0, taken: [] });
    expect(states.at(-1)).toEqual({ kind: "looking" });
  });

  test("switches the camera off at once when it was closed before it was there", async () => {
    let arrive: (opened: Result<Eye<Picture>, CameraTrouble>) => void = () => undefined;
    const run = scanning(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    const over = run.start();
    run.stop();
    arrive(ok(camera));
    await over;
    expect({ isOn: camera.isOn, states }).toEqual({ isOn: false, states: [{ kind: "starting" }] });
  });
});
