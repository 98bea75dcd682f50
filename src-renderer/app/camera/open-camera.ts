import { ok, type Result, refused } from "#domain/result.ts";
import type { CameraTrouble, Eye } from "./camera-scanning.ts";

/** Codes are found best in pictures of about this size; more only costs time. */
const WIDTH = 1_280;
const HEIGHT = 720;
/** Between two pictures, milliseconds: enough for a hand, and half a processor is left for the till. */
const PAUSE_MS = 90;

const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "noCamera",
  OverconstrainedError: "notThere",
  NotReadableError: "inUse",
  AbortError: "inUse",
};

/** What a browser's refusal of a camera means to whoever stands in front of it. */
export function cameraTrouble(error: unknown): CameraTrouble {
  return (error instanceof DOMException ? TROUBLES[error.name] : undefined) ?? "failed";
}

/** Switches a camera on; `device` null: whichever there is. `show` gets what plays its pictures. */
export async function openCamera(
  device: string | null,
  show: (video: HTMLVideoElement) => void,
): Promise<Result<Eye<ImageBitmap>, CameraTrouble>> {
  let stream: MediaStream | null = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: {
        ...(device === null ? { facingMode: "environment" } : { deviceId: { exact: device } }),
        width: { ideal: WIDTH },
        height: { ideal: HEIGHT },
      },
    });
    const video = playerOf(stream);
    show(video);
    await video.play();
    return ok(eyeOf(stream, video));
  } catch (error) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    return refused(cameraTrouble(error));
  }
}

function playerOf(stream: MediaStream): HTMLVideoElement {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  video.className = "size-full object-cover";
  return video;
}

function eyeOf(stream: MediaStream, video: HTMLVideoElement): Eye<ImageBitmap> {
  const [track] = stream.getVideoTracks();
  return {
    look: async () => {
      await pause();
      if (track === undefined || track.readyState === "ended") return null;
      // A camera that was just pulled out may have no picture left to give.
      return createImageBitmap(video).catch(() => null);
    },
    close: () => {
      for (const each of stream.getTracks()) each.stop();
      video.remove();
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, PAUSE_MS));
}

/** A camera of this machine, as its maker names it. */
export interface KnownCamera {
  readonly device: string;
  readonly name: string;
}

/** The cameras of this machine. Browsers tell them only to a page that has used one. */
export async function knownCameras(): Promise<readonly KnownCamera[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .map(({ deviceId, label }) => ({ device: deviceId, name: label }));
}
