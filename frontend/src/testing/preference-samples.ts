import type { ChannelState, Preferences } from "@/api/types";

const rows = ["import_failure", "order_exception", "critical_error", "security"];

/** Of an address that was never used. */
export const sampleChannelState = (part: Partial<ChannelState> = {}): ChannelState => ({
  disabled_at: null,
  disabled_reason: null,
  failing_since: null,
  is_enabled: true,
  last_error: null,
  last_success_at: null,
  ...part,
});

/** A person's preferences, four categories of them. */
export function samplePreferences(part: Partial<Preferences> = {}): Preferences {
  return {
    user_id: 1,
    language: "en",
    timezone: "UTC",
    matrix: Object.fromEntries(rows.map((row) => [row, { email: "high" as const, chat: "critical" as const }])), // `as`: the literals
    overrides: [],
    quiet_hours: {
      is_on: false,
      start: "22:00",
      end: "07:00",
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      critical_ignores: true,
    },
    digest: { frequency: "daily", at: "08:00", weekday: 1 },
    email: { address: "ada@example.test", has_mail_server: true, ...sampleChannelState() },
    chat: { is_set: false, shown_address: null, ...sampleChannelState() },
    updated_at: null,
    ...part,
  };
}
