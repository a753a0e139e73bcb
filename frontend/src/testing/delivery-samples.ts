/** One valid destination, delivery and attempt; a test names only what it is about. */
import type { Delivery, DeliveryAttempt, DeliveryDetail, DeliveryStats, Destination, MailTest } from "@/api/types";
import { detailArgs } from "@/testing/detail-args";

const time = "2026-03-02T09:30:00Z";

export const sampleDestination = (part: Partial<Destination> & { id: number }): Destination => ({
  created_at: time,
  created_by_user_id: 1,
  disabled_at: null,
  disabled_reason: null,
  failing_since: null,
  is_enabled: true,
  kind: "webhook",
  language: "en",
  last_error: null,
  last_success_at: time,
  min_priority: "normal",
  name: `Destination ${part.id}`,
  opened_at: null,
  previous_secret_until: null,
  probe_at: null,
  shown_address: "https://example.com/…",
  store_ids: [],
  types: [],
  updated_at: time,
  ...part,
});

export const sampleDelivery = (part: Partial<Delivery> & { id: number }): Delivery => ({
  alert_id: null,
  attempt_count: 1,
  category: "import_failure",
  channel: "webhook",
  created_at: time,
  destination_id: 4,
  destination_name: "Ticket system",
  finished_at: time,
  folded_into_id: null,
  kind: "notification",
  last_error: null,
  message_id: 100 + part.id,
  next_attempt_at: null,
  notification_id: 9,
  priority: "high",
  reason: null,
  status: "sent",
  store_id: 7,
  store_name: "Book Store",
  title: `Message ${part.id}`,
  tries: 1,
  user: null,
  ...part,
});

export const sampleAttempt = (part: Partial<DeliveryAttempt> & { number: number }): DeliveryAttempt => ({
  duration_ms: 120,
  error: null,
  excerpt: null,
  finished_at: time,
  outcome: "sent",
  started_at: time,
  status_code: 200,
  ...part,
});

export const sampleDeliveryDetail = (part: Partial<DeliveryDetail> & { id: number }): DeliveryDetail => ({
  ...sampleDelivery({ id: part.id }),
  action_url: null,
  attempts: [sampleAttempt({ number: 1 })],
  body: "It failed in row 3.",
  payload: {},
  verdict: {
    decision: "send",
    reason: "preference",
    detail: "By email, import_failure is wanted from high on.",
    detail_code: "wanted",
    detail_args: detailArgs({ channel: "email", category: "import_failure", threshold: "high", priority: "high" }),
    at: null,
  },
  ...part,
});

export const sampleDeliveryStats = (part: Partial<DeliveryStats> = {}): DeliveryStats => ({
  by_destination: [],
  dead: 0,
  held: 0,
  oldest_pending_at: null,
  pending: 0,
  scheduled: 0,
  sending: 0,
  sent_last_24h: 0,
  ...part,
});

export const sampleMailTest = (part: Partial<MailTest> = {}): MailTest => ({
  answer: "2.0.0 Ok: queued as 4F2A1",
  error: null,
  outcome: "sent",
  settings: {
    host: "mail.example.com",
    port: 587,
    security: "starttls",
    sender: "Tocsin <tocsin@example.com>",
    user: "tocsin",
  },
  status_code: 250,
  to: "ada@tocsin.test",
  ...part,
});
