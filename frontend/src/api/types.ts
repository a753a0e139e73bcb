/** Short names for the generated schema's parts: the one place to mend when the backend renames one. */
import type { components, paths } from "@/api/schema";

type Schemas = components["schemas"];

/** The JSON body of a GET's 200. */
type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;
type ItemOf<Body> = Body extends { items: (infer Item)[] } ? Item : never;

/** A part of a keyset-paged list. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type Problem = Schemas["Problem"];
export type FieldError = Schemas["FieldError"];
export type Role = Schemas["Role"];

export type Notification = Schemas["NotificationOut"];
export type NotificationDraft = Schemas["NotificationIn"];
export type NotificationType = Schemas["NotificationType"];
export type Priority = Schemas["Priority"];
export type RecentNotifications = Schemas["RecentOut"];
export type UnreadCount = Schemas["UnreadCountOut"];
export type MarkAll = Schemas["MarkAllIn"];
export type BulkAction = Schemas["BulkIn"]["action"];

export type Action = Schemas["Action"];
export type ActionKind = Schemas["ActionKind"];
export type ActionRun = Schemas["ActionRunOut"];
export type LinkedAction = Schemas["LinkedAction"];
/** The others lead to a page. */
export type RunnableKind = Exclude<ActionKind, "open_exceptions">;

export type Alert = Schemas["AlertOut"];
export type AlertDetail = Schemas["AlertDetailOut"];
export type AlertStore = Schemas["AlertStoreOut"];
export type AlertStats = Schemas["AlertStatsOut"];
export type AlertType = Schemas["AlertType"];
export type Severity = Schemas["AlertIn"]["severity"];
export type TimelineEntry = Schemas["TimelineOut"];

export type User = Schemas["MeOut"];
export type PlatformUser = Schemas["UserOut"];
export type Session = Schemas["SessionOut"];

export type Merchant = Schemas["MerchantOut"];
export type MerchantPatch = Schemas["MerchantPatch"];
export type Store = Schemas["StoreOut"];
export type StorePatch = Schemas["StorePatch"];

export type ImportJob = Schemas["ImportOut"];
export type ImportStatus = Schemas["ImportStatus"];
export type ImportRowError = ItemOf<Answer<"/api/v1/admin/imports/{import_id}/errors">>;

export type LetzshopCredentials = Schemas["CredentialsOut"];
export type LetzshopRun = Schemas["RunOut"];
export type LetzshopRunKind = Schemas["RunKind"];
export type LetzshopRunStatus = Schemas["RunStatus"];

export type Domain = Schemas["DomainOut"];
export type DomainPatch = Schemas["DomainPatch"];
export type HostAnswer = Schemas["HostOut"];

export type ApiKey = Schemas["ApiKeyOut"];
export type ShownApiKey = Schemas["ShownApiKeyOut"];
export type AuditEntry = Schemas["AuditEntryOut"];
export type Job = Schemas["JobOut"];

export type Order = Schemas["OrderOut"];
export type OrderDetail = Schemas["OrderDetailOut"];
export type OrderItem = Schemas["OrderItemOut"];
export type OrderStatus = Schemas["OrderStatus"];
export type OrderAddress = Schemas["AddressOut"];
export type OrderException = Schemas["OrderExceptionOut"];
export type OrderExceptionStats = Schemas["OrderExceptionStatsOut"];
export type OrderExceptionStatus = Schemas["ExceptionStatus"];
export type OrderExceptionType = Schemas["ExceptionType"];
export type ProductSuggestion = Schemas["SuggestionOut"];
export type SuggestionReason = Schemas["SuggestionReason"];
export type Product = Schemas["ProductOut"];

export type Channel = Schemas["Channel"];
export type Destination = Schemas["DestinationOut"];
export type DestinationDraft = Schemas["DestinationIn"];
export type ShownDestination = Schemas["ShownDestinationOut"];
export type MailTest = Schemas["MailTestOut"];
export type Delivery = Schemas["DeliveryOut"];
export type DeliveryAttempt = Schemas["AttemptOut"];
export type DeliveryDetail = Schemas["DeliveryDetailOut"];
export type DeliveryStats = Schemas["DeliveryStatsOut"];
export type DeliveryStatus = Schemas["DeliveryStatus"];
export type MessageKind = Schemas["MessageKind"];
export type Verdict = Schemas["VerdictOut"];

export type Silence = Schemas["SilenceOut"];
export type SilenceDraft = Schemas["SilenceIn"];
export type SilenceMatchers = Schemas["MatchersIn"];
export type SilencePreview = Schemas["SilencePreviewOut"];
export type SilenceState = Schemas["SilenceState"];

export type Escalation = Schemas["EscalationOut"];
export type EscalationStep = Schemas["StepIn"];

export type Summary = Schemas["Summary"];
export type StoreSummary = Schemas["StoreSummary"];
export type SummaryItem = Schemas["SummaryItem"];

export type Explanation = Schemas["ExplanationOut"];
export type Explained = Schemas["ExplainedOut"];
export type DetailCode = Schemas["DetailCode"];
export type DetailArgs = Schemas["DetailArgsOut"];
export type DigestFrequency = Schemas["Frequency"];

export type Preferences = Schemas["PreferencesOut"];
export type PreferencesDraft = Schemas["PreferencesIn"];
export type PreferencesOverride = Schemas["OverrideOut"];
export type Threshold = Schemas["Threshold"];
export type ChannelState = Schemas["ChannelState"];
export type Reached = Schemas["ReachOut"];
