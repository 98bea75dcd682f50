import { expect, test } from "vitest";
import { pinFlaw } from "./pin-choice.ts";

test("a PIN that anybody would try first is not given to a colleague", () => {
  for (const easy of ["111111", "123456", "654321", "012345", "121212", "123123", "123321", "112211"])
    expect(pinFlaw(easy), easy).toBe("easyToGuess");
  for (const fine of ["402913", "739105", "118394"]) expect(pinFlaw(fine), fine).toBe(null);
  for (const none of ["40291", "4029131", "40291a", ""]) expect(pinFlaw(none), none).toBe("notSixDigits");
});
