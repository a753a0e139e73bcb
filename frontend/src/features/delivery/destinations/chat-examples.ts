/** Addresses of the services that are asked for most, as Apprise writes them; capitals stand for one's own. */
export const chatExamples = [
  { service: "Slack", address: "https://hooks.slack.com/services/T1/B1/SECRET" },
  { service: "Teams", address: "workflows://HOST:443/WORKFLOW/SIGNATURE" },
  { service: "Discord", address: "discord://WEBHOOK_ID/WEBHOOK_TOKEN" },
  { service: "Telegram", address: "tgram://123456789:BOT_TOKEN/CHAT_ID" },
  { service: "ntfy", address: "ntfys://ntfy.sh/TOPIC" },
  { service: "Matrix", address: "matrixs://USER:PASSWORD@HOST/#ROOM" },
] as const;
