import { expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { FakeReplica } from "../testing/fake-replica.ts";
import { Followed } from "./followed.ts";

function customer(id: string, name: string): Customer {
  return { id: idOf<"Customer">(id), name, email: null, phone: null, cardNumber: null };
}

function follow(replica: FakeReplica) {
  const names = new Map<string, string>();
  const told: (readonly string[])[] = [];
  const troubles: unknown[] = [];
  const followed = new Followed({ replica, onTrouble: (error) => troubles.push(error) }, "customers", {
    take: (id, data) => {
      if (data === null) names.delete(id);
      else names.set(id, data.name);
    },
    changed: (ids) => told.push(ids),
  });
  return { followed, names, told, troubles };
}

test("what changes while the disk is read stands, and what was deleted meanwhile does not come back", async () => {
  const replica = new FakeReplica();
  replica.put("customers", customer("a", "Ada"), customer("b", "Ben"), customer("c", "Cem"));
  const { followed, names, told } = follow(replica);
  const loading = followed.load();
  replica.put("customers", customer("a", "Ada Brandt"));
  replica.remove("customers", "b");
  expect(followed.isLoaded).toBe(false);
  await loading;
  expect(followed.isLoaded).toBe(true);
  expect([...names]).toEqual([
    ["a", "Ada Brandt"],
    ["c", "Cem"],
  ]);
  expect(told).toEqual([["a"], ["b"]]);
});

test("a disk that cannot be read is told as trouble, and what changes later is followed all the same", async () => {
  const replica = new FakeReplica();
  const { followed, names, troubles } = follow(replica);
  await followed.load(() => Promise.reject(new Error("the disk is gone")));
  expect(troubles).toHaveLength(1);
  replica.put("customers", customer("a", "Ada"));
  expect([...names.values()]).toEqual(["Ada"]);
});

test("once it is ended nothing is taken any more", async () => {
  const replica = new FakeReplica();
  replica.put("customers", customer("a", "Ada"));
  const { followed, names } = follow(replica);
  const loading = followed.load();
  followed.end();
  await loading;
  replica.put("customers", customer("b", "Ben"));
  expect(names.size).toBe(0);
});
