import { isProblemWith } from "@/api/problem";

/** What was asked for; null when it is no longer there. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isProblemWith(error, 404)) return null;
    throw error;
  }
}
