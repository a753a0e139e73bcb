import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Destination } from "@/api/types";
import { ChannelTile } from "@/features/delivery/channel-icon";
import { DestinationMenu } from "@/features/delivery/destinations/destination-menu";
import { DestinationState } from "@/features/delivery/destinations/destination-state";
import css from "@/features/delivery/destinations/destinations.module.css";
import { limitsText, typesText } from "@/features/delivery/destinations/takes-text";
import { channelName } from "@/inbox/messages/wording";
import { useCan } from "@/session/current-user";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

interface Props {
  destinations: readonly Destination[];
  onRotate: (destination: Destination) => void;
}

export function DestinationTable({ destinations, onRotate }: Props) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("delivery.destinations.column.name")}</th>
          <th>{t("delivery.destinations.column.takes")}</th>
          <th>{t("delivery.destinations.column.state")}</th>
          <th className={table.number}>{t("delivery.destinations.column.lastSuccess")}</th>
          <th aria-label={t("action.moreActions")} />
        </>
      }
    >
      {destinations.map((destination) => (
        <DestinationLine key={destination.id} destination={destination} onRotate={() => onRotate(destination)} />
      ))}
    </CardTable>
  );
}

function DestinationLine({ destination, onRotate }: { destination: Destination; onRotate: () => void }) {
  const { t, i18n } = useTranslation();
  const canManage = useCan("manage");
  const { id, name, kind } = destination;
  return (
    <tr className={canManage ? table.linked : undefined}>
      <td>
        <div className={css.party}>
          <ChannelTile channel={kind} />
          <div className={css.words}>
            {canManage ? (
              <Link
                to="/delivery/destinations"
                search={{ edit: id }}
                resetScroll={false}
                className={table.link}
                aria-label={t("delivery.destinations.editNamed", { name })}
              >
                {name}
              </Link>
            ) : (
              <span className={table.strong}>{name}</span>
            )}
            <span className={css.address}>
              {channelName(t, kind)} · {destination.shown_address}
            </span>
          </div>
        </div>
      </td>
      <td className={`${css.takes} ${table.wide}`}>
        {typesText(t, i18n.language, destination.types)}
        <span className={css.limits}>{limitsText(t, destination)}</span>
      </td>
      <td className={`${css.state} ${table.wide}`}>
        <DestinationState destination={destination} />
      </td>
      <td className={`${table.number} ${table.quiet} ${table.dropped}`}>
        {destination.last_success_at ? (
          <Time iso={destination.last_success_at} as="ago" />
        ) : (
          t("delivery.destinations.never")
        )}
      </td>
      <td className={`${table.number} ${css.menu}`}>
        <DestinationMenu destination={destination} onRotate={onRotate} />
      </td>
    </tr>
  );
}
