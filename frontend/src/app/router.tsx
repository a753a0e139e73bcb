import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { isProblemWith } from "@/api/problem";
import { AppCrash } from "@/app/app-crash";
import { NotFoundPage } from "@/app/not-found-page";
import { readMerchantSearch } from "@/app/pages/merchant-page-search";
import { NotificationsPage } from "@/app/pages/notifications-page";
import { readStoreSearch } from "@/app/pages/store-page-search";
import { Shell } from "@/app/shell/shell";
import { readDeliveriesSearch, readDestinationsSearch } from "@/features/delivery/search";
import { readImportErrorsSearch, readImportsSearch } from "@/features/imports/search";
import { readJobsSearch } from "@/features/jobs/search";
import { readRunFilters } from "@/features/letzshop/search";
import { readMerchantsSearch } from "@/features/merchants/search";
import { readExceptionsSearch, readOrderSearch, readOrdersSearch } from "@/features/orders/search";
import { readPreferencesSearch } from "@/features/preferences/search";
import { readSilencesSearch } from "@/features/silences/search";
import { readStoresSearch } from "@/features/stores/search";
import { readSummarySearch } from "@/features/summary/search";
import { readInboxSearch } from "@/inbox/search";
import { currentUserQuery } from "@/session/current-user";
import { createAppHistory } from "@/url/app-history";
import { readReturnTo } from "@/url/links";
import { readId } from "@/url/read-search";
import { parseSearch, stringifySearch } from "@/url/search-text";

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: AppCrash,
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (raw): { return_to?: string | undefined } => ({ return_to: readReturnTo(raw["return_to"]) }),
  component: lazyRouteComponent(() => import("@/app/pages/login-page"), "LoginPage"),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    try {
      return { user: await context.queryClient.ensureQueryData(currentUserQuery) };
    } catch (error) {
      if (!isProblemWith(error, 401)) throw error;
      throw redirect({ to: "/login", search: { return_to: readReturnTo(location.href) } });
    }
  },
  component: Shell,
});

const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/notifications", replace: true });
  },
});

const notificationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/notifications",
  validateSearch: readInboxSearch,
  // In the entry, not lazy: nearly every visit begins here, and one file loads sooner than two after each other.
  component: NotificationsPage,
});

/** Within the shell, so that whoever followed an old link still has the menu and the bell. */
const unknownRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "$",
  component: NotFoundPage,
});

const importsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/imports",
  validateSearch: readImportsSearch,
  component: lazyRouteComponent(() => import("@/app/pages/imports-page"), "ImportsPage"),
});

/** What is no id becomes 0, which nothing has: the page then says that there is nothing. */
const idInPath = {
  parse: ({ id }: { id: string }) => ({ id: readId(id) ?? 0 }),
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
};

const importRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/imports/$id",
  params: idInPath,
  validateSearch: readImportErrorsSearch,
  component: lazyRouteComponent(() => import("@/app/pages/import-page"), "ImportPage"),
});

const letzshopRunsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/letzshop/runs",
  validateSearch: readRunFilters,
  component: lazyRouteComponent(() => import("@/app/pages/letzshop-runs-page"), "LetzshopRunsPage"),
});

const letzshopRunRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/letzshop/runs/$id",
  params: idInPath,
  component: lazyRouteComponent(() => import("@/app/pages/letzshop-run-page"), "LetzshopRunPage"),
});

const ordersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/orders",
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import("@/app/pages/orders-page"), "OrdersPage"),
});

const orderRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/orders/$id",
  params: idInPath,
  validateSearch: readOrderSearch,
  component: lazyRouteComponent(() => import("@/app/pages/order-page"), "OrderPage"),
});

const orderExceptionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/order-exceptions",
  validateSearch: readExceptionsSearch,
  component: lazyRouteComponent(() => import("@/app/pages/order-exceptions-page"), "OrderExceptionsPage"),
});

const storesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/stores",
  validateSearch: readStoresSearch,
  component: lazyRouteComponent(() => import("@/app/pages/stores-page"), "StoresPage"),
});

const storeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/stores/$id",
  params: idInPath,
  validateSearch: readStoreSearch,
  component: lazyRouteComponent(() => import("@/app/pages/store-page"), "StorePage"),
});

const merchantsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/merchants",
  validateSearch: readMerchantsSearch,
  component: lazyRouteComponent(() => import("@/app/pages/merchants-page"), "MerchantsPage"),
});

const merchantRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/merchants/$id",
  params: idInPath,
  validateSearch: readMerchantSearch,
  component: lazyRouteComponent(() => import("@/app/pages/merchant-page"), "MerchantPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("@/app/pages/account-page"), "AccountPage"),
});

const preferencesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/preferences",
  validateSearch: readPreferencesSearch,
  component: lazyRouteComponent(() => import("@/app/pages/preferences-page"), "PreferencesPage"),
});

const destinationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/delivery/destinations",
  validateSearch: readDestinationsSearch,
  component: lazyRouteComponent(() => import("@/app/pages/destinations-page"), "DestinationsPage"),
});

/** Where a notification of a destination that was switched off leads. */
const destinationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/delivery/destinations/$id",
  params: idInPath,
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/delivery/destinations", search: { edit: params.id }, replace: true });
  },
});

const deliveriesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/delivery/deliveries",
  validateSearch: readDeliveriesSearch,
  component: lazyRouteComponent(() => import("@/app/pages/deliveries-page"), "DeliveriesPage"),
});

const silencesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/silences",
  validateSearch: readSilencesSearch,
  component: lazyRouteComponent(() => import("@/app/pages/silences-page"), "SilencesPage"),
});

const summaryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/summary",
  validateSearch: readSummarySearch,
  component: lazyRouteComponent(() => import("@/app/pages/summary-page"), "SummaryPage"),
});

const escalationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/delivery/escalation",
  component: lazyRouteComponent(() => import("@/app/pages/escalation-page"), "EscalationPage"),
});

const jobsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/jobs",
  validateSearch: readJobsSearch,
  component: lazyRouteComponent(() => import("@/app/pages/jobs-page"), "JobsPage"),
});

/** Pages of administrators: others get the page that says so. */
const administrationRoute = createRoute({
  getParentRoute: () => appRoute,
  id: "administration",
  component: lazyRouteComponent(() => import("@/app/pages/administrators-only"), "AdministratorsOnly"),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("@/app/pages/api-keys-page"), "ApiKeysPage"),
});

const auditLogRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: "/audit-log",
  component: lazyRouteComponent(() => import("@/app/pages/audit-log-page"), "AuditLogPage"),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  appRoute.addChildren([
    indexRoute,
    notificationsRoute,
    summaryRoute,
    importsRoute,
    importRoute,
    ordersRoute,
    orderRoute,
    orderExceptionsRoute,
    letzshopRunsRoute,
    letzshopRunRoute,
    storesRoute,
    storeRoute,
    merchantsRoute,
    merchantRoute,
    accountRoute,
    preferencesRoute,
    destinationsRoute,
    destinationRoute,
    deliveriesRoute,
    silencesRoute,
    escalationRoute,
    jobsRoute,
    administrationRoute.addChildren([apiKeysRoute, auditLogRoute]),
    unknownRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    history: createAppHistory(),
    context: { queryClient },
    // A name that no page reads is no filter: without this it would reach the pages as if it were one.
    search: { strict: true },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultErrorComponent: AppCrash,
    scrollRestoration: true,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
