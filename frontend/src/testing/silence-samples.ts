/** One valid thing of each kind about silences and reasons; a test names only what it is about. */
import type { Explained, Explanation, Silence } from "@/api/types";
import { detailArgs } from "@/testing/detail-args";

const time = "2026-03-02T09:30:00Z";

type Delivery = Explained["deliveries"][number];

export const sampleSilence = (part: Partial<Silence> & { id: number }): Silence => ({
  comment: "The feed moves.",
  created_at: time,
  created_by: { id: 1, name: "Ada Moreau" },
  ended_at: null,
  ended_by: null,
  ends_at: new Date(Date.now() + 2.5 * 3_600_000).toISOString(),
  matchers: { store_ids: [7], merchant_ids: [], types: ["import_failure"], priorities: ["high"], text: null },
  merchant_names: [],
  starts_at: time,
  state: "active",
  store_names: [{ id: 7, name: "Book Store" }],
  ...part,
});

export const sampleExplained = (part: Partial<Explained> = {}): Explained => ({
  at: null,
  channel: "email",
  decision: "send",
  deliveries: [],
  destination_id: 3,
  destination_name: "Ada’s e-mail",
  detail: "By email, everything is wanted from low on.",
  detail_args: detailArgs({ channel: "email", threshold: "low", priority: "normal" }),
  detail_code: "wanted",
  reason: "preference",
  user: { id: 1, name: "Ada Moreau" },
  ...part,
});

export const sampleExplanation = (items: Explained[], part: Partial<Explanation> = {}): Explanation => ({
  alert_id: null,
  is_planned: true,
  items,
  message: { id: 5, kind: "notification", created_at: time },
  notification_id: 12,
  thread: null,
  unplanned: null,
  ...part,
});

export const sampleDelivery = (part: Partial<Delivery> & { id: number }): Delivery => ({
  alert_id: null,
  attempt_count: 1,
  attempts: [],
  category: "store_issue",
  channel: "email",
  created_at: time,
  destination_id: 3,
  destination_name: "Ada’s e-mail",
  finished_at: time,
  folded_into_id: null,
  kind: "notification",
  last_error: null,
  message_id: 5,
  next_attempt_at: null,
  notification_id: 12,
  priority: "normal",
  reason: null,
  status: "sent",
  store_id: null,
  store_name: null,
  title: "Look",
  tries: 1,
  user: { id: 1, name: "Ada Moreau" },
  ...part,
});
