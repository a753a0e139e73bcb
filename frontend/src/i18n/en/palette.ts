/** What `shell.palette` says once it is open; the rest is in shell.ts. */
export const palette = {
  placeholder: "Where to, or what to do?",
  nothing: "Nothing found",
  pages: "Pages",
  stores: "Stores",
  imports: "Recent imports",
  startImport: "Start an import",
  createNotification: "Write a notification",
  createStore: "Create a store",
  unreadOnly: "Show unread notifications",
  criticalAlerts: "Show open critical alerts",
  toggleTheme: "Switch light and dark",
  shortcuts: "Show keyboard shortcuts",
  searchNotifications: "Search notifications for “{{q}}”",
  searchOrders: "Search orders for “{{q}}”",
} as const;
