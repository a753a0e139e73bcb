import { expect, test } from "vitest";
import { saidOf } from "@/features/delivery/said";

test("what the error quotes is not said twice", () => {
  const excerpt = "550 5.1.1 No such user.";
  expect(saidOf({ error: "The mail server refused the address: 550 5.1.1 No such user.", excerpt })).toBe(
    "The mail server refused the address: 550 5.1.1 No such user.",
  );
  expect(saidOf({ error: "The receiver answered 503.", excerpt: "Down" })).toBe("The receiver answered 503.\nDown");
  expect(saidOf({ error: null, excerpt: "ok" })).toBe("ok");
});
