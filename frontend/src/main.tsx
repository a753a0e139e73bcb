import "@/theme/first-load-styles";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createAppQueryClient } from "@/api/query-client";
import { Providers } from "@/app/providers";
import { createAppRouter } from "@/app/router";
import { leaveWhenSignedOut } from "@/app/signed-out";
import { startI18n } from "@/i18n";
import { watchStyles } from "@/theme/failed-styles";
import { giveNonceToScrollLock } from "@/theme/style-nonce";

async function start(): Promise<void> {
  watchStyles();
  giveNonceToScrollLock();
  await startI18n();
  const queryClient = createAppQueryClient();
  const router = createAppRouter(queryClient);
  leaveWhenSignedOut(router, queryClient);
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <Providers queryClient={queryClient} router={router} />
    </StrictMode>,
  );
}

void start();
