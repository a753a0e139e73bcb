import { useQuery } from "@tanstack/react-query";
import { merchantQuery } from "@/features/merchants/api";

/** Of a merchant that its page asks for; nothing is asked for here. */
export default function MerchantName({ id }: { id: number }) {
  const { data } = useQuery({ ...merchantQuery(id), enabled: false });
  return data?.name ?? `#${id}`;
}
