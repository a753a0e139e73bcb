import { type Icon, IconMail, IconMessage2, IconWebhook } from "@tabler/icons-react";
import type { Channel } from "@/api/types";
import css from "@/features/delivery/delivery.module.css";

const icons: Record<Channel, Icon> = { email: IconMail, chat: IconMessage2, webhook: IconWebhook };

/** Beside the channel's name: it says nothing by itself. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const ChannelSign = icons[channel];
  return <ChannelSign size={15} stroke={1.8} aria-hidden className={css.channel} />;
}

/** The same as a tile before a name. */
export function ChannelTile({ channel }: { channel: Channel }) {
  return (
    <span className={css.tile} aria-hidden>
      <ChannelIcon channel={channel} />
    </span>
  );
}
