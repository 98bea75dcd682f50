import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { attentionHeaders, watchForPeople } from "./attention.ts";

const ALONE = { "onetill-unattended": "1" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a page that nobody touches says so after a minute, until somebody is there again", () => {
  const page = new EventTarget();
  watchForPeople(page);
  expect(attentionHeaders()).toEqual({});
  vi.advanceTimersByTime(59_999);
  expect(attentionHeaders()).toEqual({});
  vi.advanceTimersByTime(1);
  expect(attentionHeaders()).toEqual(ALONE);
  for (const touch of ["keydown", "pointermove", "wheel"]) {
    page.dispatchEvent(new Event(touch));
    expect(attentionHeaders(), touch).toEqual({});
    vi.advanceTimersByTime(60_000);
    expect(attentionHeaders(), touch).toEqual(ALONE);
  }
});

test("what pages do by themselves is nobody's doing", () => {
  const page = new EventTarget();
  watchForPeople(page);
  vi.advanceTimersByTime(60_000);
  for (const own of ["scroll", "load", "visibilitychange"]) page.dispatchEvent(new Event(own));
  expect(attentionHeaders()).toEqual(ALONE);
});
