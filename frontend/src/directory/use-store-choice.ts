import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { listedAtMost } from "@/directory/all-pages";
import { allStoresQuery } from "@/directory/stores";
import type { ChoiceFilter } from "@/filters/filter";

const path = "/api/v1/admin/stores";
/** Milliseconds after the last letter. */
const pause = 250;
/** Chosen ones beyond the list that are asked for by their ids, for their names. */
const namedAtMost = 20;

const foundStoresQuery = (q: string) =>
  queryOptions({
    queryKey: ["get", path, "found", q],
    queryFn: async ({ signal }) =>
      answered(await client.GET(path, { params: { query: { q, limit: 50 } }, signal })).items,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

const namedStoreQuery = (store_id: number) =>
  queryOptions({
    queryKey: ["get", path, "named", store_id],
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{store_id}`, { params: { path: { store_id } }, signal })),
    retry: false,
    staleTime: 60_000,
  });

/** Stores to choose from, by name; where there are more than a list holds, the server looks for a word among all. */
export function useStoreChoice(selected: readonly number[]): Required<Pick<ChoiceFilter, "options" | "source">> {
  const all = useQuery(allStoresQuery);
  const isPartial = (all.data?.length ?? 0) >= listedAtMost;
  const [word, setWord] = useState("");
  const [wanted] = useDebouncedValue(word, pause);
  const found = useQuery({ ...foundStoresQuery(wanted), enabled: isPartial && wanted !== "" });
  const named = useQueries({
    queries: useMemo(() => {
      const missing = isPartial ? selected.filter((id) => !all.data?.some((store) => store.id === id)) : [];
      return missing.slice(0, namedAtMost).map(namedStoreQuery);
    }, [isPartial, all.data, selected]),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });
  const options = useMemo(() => {
    const names = new Map(selected.map((id) => [id, `#${id}`]));
    for (const { id, name } of [...named, ...(all.data ?? []), ...(found.data ?? [])]) names.set(id, name);
    return [...names].map(([id, label]) => ({ value: String(id), label }));
  }, [selected, named, all.data, found.data]);
  const failed = all.error ? all : found;
  return {
    options,
    source: {
      isPending: all.isPending || found.isFetching,
      error: failed.error,
      onRetry: () => void failed.refetch(),
      onFind: isPartial ? setWord : undefined,
    },
  };
}
