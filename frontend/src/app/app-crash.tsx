import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ProblemError, UnreachableError } from "@/api/problem";
import { Crash } from "@/ui/crash";
import { ErrorState } from "@/ui/page-state";

/** The last resort of every route: a failed load can be tried again, a broken page reloaded. */
export function AppCrash({ error }: ErrorComponentProps) {
  const router = useRouter();
  const isFailedLoad = error instanceof ProblemError || error instanceof UnreachableError;
  return isFailedLoad ? <ErrorState error={error} onRetry={() => void router.invalidate()} /> : <Crash />;
}
