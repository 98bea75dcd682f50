import { isPin } from "./pin.ts";

const MIN_DIFFERENT_DIGITS = 3;

/** Whether a PIN is among the first that anybody would try: few different digits, a row up or down, the same pair or three again, a palindrome. */
export function isEasyPin(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0));
  const isRow = steps.every((step) => step === 1) || steps.every((step) => step === -1);
  const half = pin.slice(0, pin.length / 2);
  const isRepeated = half + half === pin;
  const isPalindrome = [...pin].reverse().join("") === pin;
  return new Set(digits).size < MIN_DIFFERENT_DIGITS || isRow || isRepeated || isPalindrome;
}

/** Why a PIN cannot be given to a colleague; null when it can. */
export function pinFlaw(pin: string): "notSixDigits" | "easyToGuess" | null {
  if (!isPin(pin)) return "notSixDigits";
  return isEasyPin(pin) ? "easyToGuess" : null;
}
