/** What `notifications` says in the form of a new one; the rest is in notifications.ts. */
export const createNotification = {
  createTitle: "New notification",
  created: "Notification sent to all admins",
  field: {
    title: "Title",
    message: "Message",
    priority: "Priority",
    type: "Type",
    store: "Store",
    actionUrl: "Link",
    actionUrlHint: "A path of this site such as /imports/12, or an https address.",
  },
} as const;
