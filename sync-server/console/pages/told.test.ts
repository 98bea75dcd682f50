import { expect, test } from "vitest";
import { Told } from "./told.ts";

test("what is told while nobody shows the page is told once, to the next who does", () => {
  const told = new Told();
  const first: string[] = [];
  const second: string[] = [];
  const leave = told.hear((words) => first.push(words));
  told.tell("Here.");
  leave();
  told.tell("Brand: not saved.");
  told.tell("Price: not saved.");
  const leaveAgain = told.hear((words) => second.push(words));
  // Whoever left before takes nothing from whoever is here now.
  leave();
  told.tell("There.");
  leaveAgain();
  told.hear((words) => second.push(words));
  expect(first).toEqual(["Here."]);
  expect(second).toEqual(["Brand: not saved. Price: not saved.", "There."]);
});
