/** One valid thing of each kind; a test names only what it is about. */
import type {
  AlertDetail,
  AlertStats,
  ImportJob,
  ImportRowError,
  Merchant,
  Notification,
  PlatformUser,
  Problem,
  Role,
  Store,
  TimelineEntry,
  User,
} from "@/api/types";

const time = "2026-03-02T09:30:00Z";

export const sampleUser = (role: Role = "admin"): User => ({
  id: 1,
  name: "Ada Moreau",
  email: "ada@tocsin.test",
  kind: "user",
  role,
});

export const samplePlatformUser = (part: Partial<PlatformUser> & { id: number }): PlatformUser => ({
  created_at: time,
  email: `user-${part.id}@tocsin.test`,
  is_active: true,
  name: `User ${part.id}`,
  role: "operator",
  updated_at: time,
  ...part,
});

export const sampleNotification = (part: Partial<Notification> & { id: number }): Notification => ({
  action_required: false,
  action_url: null,
  alert_id: null,
  created_at: time,
  deleted_at: null,
  is_read: false,
  message: "Something happened.",
  notification_metadata: {},
  priority: "normal",
  read_at: null,
  read_by: null,
  read_by_user_id: null,
  settled_at: null,
  settled_reason: null,
  store_id: 7,
  store_name: "Book Store",
  title: `Notification ${part.id}`,
  type: "store_issue",
  updated_at: time,
  ...part,
});

export const sampleAlert = (part: Partial<AlertDetail> & { id: number }): AlertDetail => ({
  acknowledged_at: null,
  acknowledged_by: null,
  acknowledged_by_user_id: null,
  affected_stores: [],
  affected_systems: [],
  alert_type: "integration",
  assigned_to: null,
  assigned_to_user_id: null,
  auto_generated: true,
  created_at: time,
  description: "Something is broken.",
  fingerprint: `1:integration:${part.id}`,
  first_occurred_at: time,
  is_resolved: false,
  last_occurred_at: time,
  occurrence_count: 1,
  open_stores: [],
  regressed_from_id: null,
  resolution_notes: null,
  resolved_at: null,
  resolved_by: null,
  resolved_by_user_id: null,
  severity: "error",
  stores: [],
  timeline: [],
  title: `Alert ${part.id}`,
  updated_at: time,
  ...part,
});

export const sampleEvent = (part: Partial<TimelineEntry> & { id: number; kind: string }): TimelineEntry => ({
  at: time,
  detail: {},
  user: null,
  ...part,
});

export const sampleStats = (part: Partial<AlertStats> = {}): AlertStats => ({
  acknowledged: 0,
  active: 0,
  by_severity: {},
  by_type: {},
  critical: 0,
  daily: [],
  median_minutes_to_resolve: null,
  oldest_open_at: null,
  opened_last_hour: 0,
  resolved_today: 0,
  total: 0,
  ...part,
});

export const sampleImport = (part: Partial<ImportJob> & { id: number }): ImportJob => ({
  can_retry: true,
  cancel_requested: false,
  completed_at: time,
  created_at: time,
  error_count: 0,
  error_message: null,
  imported_count: 0,
  language: "fr",
  marketplace: "letzshop",
  processed_count: 0,
  progress: 1,
  source: "products.tsv",
  started_at: time,
  started_by: { id: 1, name: "Ada Moreau" },
  status: "completed",
  store_id: 7,
  store_name: "Book Store",
  total_rows: 0,
  unchanged_count: 0,
  updated_count: 0,
  warning_count: 0,
  ...part,
});

export const sampleRow = (part: Partial<ImportRowError> & { row_number: number }): ImportRowError => ({
  code: "missing_title",
  field: "title",
  message: "The title is missing",
  raw: { id: "B-1", title: "", price: "9.90" },
  severity: "error",
  ...part,
});

export const sampleMerchant = (part: Partial<Merchant> & { id: number }): Merchant => ({
  business_address: null,
  contact_email: "shop@merchant.test",
  contact_phone: null,
  created_at: time,
  description: null,
  is_active: true,
  is_verified: true,
  name: `Merchant ${part.id}`,
  store_count: 0,
  tax_number: null,
  updated_at: time,
  website: null,
  ...part,
});

export const sampleStore = (part: Partial<Store> & { id: number }): Store => ({
  created_at: time,
  description: null,
  is_active: true,
  is_verified: true,
  letzshop_boost_sort: 5,
  letzshop_csv_url_de: null,
  letzshop_csv_url_en: null,
  letzshop_csv_url_fr: null,
  letzshop_default_tax_rate: 17,
  letzshop_delivery_method: "package_delivery",
  letzshop_preorder_days: 1,
  merchant_id: 3,
  merchant_name: "Merchant 3",
  name: `Store ${part.id}`,
  store_code: `STORE${part.id}`,
  subdomain: `store-${part.id}`,
  updated_at: time,
  ...part,
});

export const sampleProblem = (status: number, part: Partial<Problem> = {}): Problem => ({
  type: "about:blank",
  title: "A problem",
  status,
  detail: "It went wrong.",
  code: "problem",
  errors: [],
  ...part,
});
