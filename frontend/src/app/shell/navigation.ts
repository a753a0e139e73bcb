import {
  type Icon,
  IconAdjustments,
  IconBell,
  IconBellOff,
  IconBoxOff,
  IconBuildingStore,
  IconFileImport,
  IconHistory,
  IconKey,
  IconListDetails,
  IconRefresh,
  IconRoute,
  IconSend,
  IconShoppingBag,
  IconStack2,
  IconStairsUp,
  IconUserCircle,
  IconUsers,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { Ability } from "@/session/roles";

export type PageName =
  | "notifications"
  | "summary"
  | "orders"
  | "orderExceptions"
  | "imports"
  | "letzshop"
  | "stores"
  | "merchants"
  | "destinations"
  | "deliveries"
  | "silences"
  | "escalation"
  | "jobs"
  | "apiKeys"
  | "auditLog"
  | "account"
  | "preferences";

export interface Page {
  readonly name: PageName;
  readonly to: NonNullable<LinkProps["to"]>;
  readonly icon: Icon;
  readonly needs?: Ability;
}

/** The sidebar's groups; the palette lists the same pages. */
export const pages: readonly {
  readonly group: "platform" | "delivery" | "administration" | null;
  readonly pages: readonly Page[];
}[] = [
  {
    group: null,
    pages: [
      { name: "notifications", to: "/notifications", icon: IconBell },
      { name: "summary", to: "/summary", icon: IconHistory },
      { name: "orders", to: "/orders", icon: IconShoppingBag },
      { name: "orderExceptions", to: "/order-exceptions", icon: IconBoxOff },
      { name: "imports", to: "/imports", icon: IconFileImport },
      { name: "letzshop", to: "/letzshop/runs", icon: IconRefresh },
    ],
  },
  {
    group: "platform",
    pages: [
      { name: "stores", to: "/stores", icon: IconBuildingStore },
      { name: "merchants", to: "/merchants", icon: IconUsers },
    ],
  },
  {
    group: "delivery",
    pages: [
      { name: "destinations", to: "/delivery/destinations", icon: IconRoute, needs: "triage" },
      { name: "deliveries", to: "/delivery/deliveries", icon: IconSend },
      { name: "silences", to: "/silences", icon: IconBellOff },
      { name: "escalation", to: "/delivery/escalation", icon: IconStairsUp },
    ],
  },
  {
    group: "administration",
    pages: [
      { name: "jobs", to: "/jobs", icon: IconStack2 },
      { name: "apiKeys", to: "/api-keys", icon: IconKey, needs: "manage" },
      { name: "auditLog", to: "/audit-log", icon: IconListDetails, needs: "manage" },
    ],
  },
];

/** One's own: in the avatar's menu and the palette. */
export const ownPages: readonly Page[] = [
  { name: "account", to: "/account", icon: IconUserCircle },
  { name: "preferences", to: "/preferences", icon: IconAdjustments },
];
