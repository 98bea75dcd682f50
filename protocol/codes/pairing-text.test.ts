import { expect, test } from "vitest";
import { pairingText, readPairingText } from "./pairing-text.ts";

test("what HQ shows as a QR code a till reads", () => {
  const pairing = { server: "https://hq.example:8443", code: "ABCD-2345" };
  expect(readPairingText(pairingText(pairing))).toEqual(pairing);
});

test("a code that is scanned or pasted by itself names no server", () => {
  expect(readPairingText("ABCD-2345")).toBeNull();
  expect(readPairingText("https://hq.example/")).toBeNull();
  expect(readPairingText("javascript:alert(1)#pair=ABCD-2345")).toBeNull();
});
