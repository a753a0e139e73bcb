import { useForm } from "@mantine/form";
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useDocument } from "@/ui/use-document";

interface Doc {
  readonly mail: string;
  readonly chat: string;
}

function openForm() {
  const reading = { valuesOf: (document: Doc) => ({ ...document }), bodyOf: (values: Doc) => values };
  const { result, rerender } = renderHook(
    (newest: Doc) => {
      const form = useForm({ initialValues: { mail: "high", chat: "high" } });
      return { form, edited: useDocument<Doc, Doc>(form, newest, reading) };
    },
    { initialProps: { mail: "high", chat: "high" } },
  );
  return {
    now: () => result.current,
    write: (name: keyof Doc, value: string) => act(() => result.current.form.setFieldValue(name, value)),
    come: rerender,
  };
}

test("who takes the own change back by hand has nothing to decide: another's change comes", () => {
  const { now, write, come } = openForm();
  write("mail", "never");
  come({ mail: "high", chat: "low" });
  expect(now().edited.meanwhile).not.toBe(false);
  write("mail", "high");
  expect(now().edited.meanwhile).toBe(false);
  expect(now().form.values).toEqual({ mail: "high", chat: "low" });
  expect(now().edited.isChanged).toBe(false);
});

test("who writes by hand what the other wrote has nothing to decide either", () => {
  const { now, write, come } = openForm();
  write("mail", "never");
  come({ mail: "low", chat: "high" });
  write("mail", "low");
  expect(now().edited.meanwhile).toBe(false);
  expect(now().edited.isChanged).toBe(false);
});
