import type { Channel } from "@/api/types";
import css from "@/features/delivery/delivery.module.css";
import { channelIcons } from "@/inbox/messages/channel-icons";

/** Beside the channel's name: it says nothing by itself. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const ChannelSign = channelIcons[channel];
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
