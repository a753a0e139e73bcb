import type { DetailArgs } from "@/api/types";

/** What a reason is about; a test names only what its sentence says. */
export const detailArgs = (part: Partial<DetailArgs> = {}): DetailArgs => ({
  at: null,
  category: null,
  channel: null,
  comment: null,
  factor: null,
  frequency: null,
  merchant_id: null,
  merchant_name: null,
  name: null,
  priority: null,
  role: null,
  silence_id: null,
  step: null,
  store_id: null,
  store_name: null,
  threshold: null,
  title: null,
  tries: null,
  until: null,
  ...part,
});
