import { create } from "zustand";

/** Who looks through the camera: nobody, whoever scans at the counter, or whoever tries it among the devices. One at a time. */
type CameraUse = "nobody" | "counter" | "trial";

export const useCamera = create<{ readonly by: CameraUse }>(() => ({ by: "nobody" }));

/** From now on this one looks through it. */
export function giveCameraTo(by: Exclude<CameraUse, "nobody">): void {
  useCamera.setState({ by });
}

/** Whoever looked through it is done; somebody else may have taken it over meanwhile. */
export function leaveCamera(by: Exclude<CameraUse, "nobody">): void {
  if (useCamera.getState().by === by) useCamera.setState({ by: "nobody" });
}
