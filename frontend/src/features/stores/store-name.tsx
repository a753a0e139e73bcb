import { useQuery } from "@tanstack/react-query";
import { storeQuery } from "@/features/stores/api";

/** Of a store that its page asks for; nothing is asked for here. */
export default function StoreName({ id }: { id: number }) {
  const { data } = useQuery({ ...storeQuery(id), enabled: false });
  return data?.name ?? `#${id}`;
}
