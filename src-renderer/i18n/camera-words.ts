/** The words of scanning by camera, in English. */
export const CAMERA_ENGLISH = {
  "camera.title": "Camera",
  "camera.hint": "Scans with a camera of this machine: a button beside the search shows what it sees.",
  "camera.off": "Off",
  "camera.on": "On",
  "camera.which": "Which camera",
  "camera.any": "Any camera",
  "camera.chosen": "The camera that was chosen",
  "camera.unnamed": "Camera {number}",
  "camera.try": "Try the camera",
  "camera.stop": "Stop",
  "camera.scan": "Scan with the camera",
  "camera.close": "Switch the camera off",
  "camera.starting": "Starting the camera …",
  "camera.aim": "Hold a code in front of the camera.",
  "camera.again": "Try again",
  "camera.trouble.denied":
    "The till may not use the camera. Allow it beside the address of this page, or in the system’s settings, then try again.",
  "camera.trouble.noCamera": "No camera found. Is it plugged in?",
  "camera.trouble.notThere":
    "The camera that was chosen is not there. Plug it in, or choose another one under Devices.",
  "camera.trouble.inUse": "Another program is using the camera. Close it there, then try again.",
  "camera.trouble.unplugged": "The camera is gone. Is it plugged in?",
  "camera.trouble.noDecoder": "The till cannot read the camera’s pictures. Start the till again.",
  "camera.trouble.failed": "The camera cannot be used.",
  "counter.allow.camera": "Set up the camera",
} as const;
