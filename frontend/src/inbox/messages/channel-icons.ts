import { type Icon, IconMail, IconMessage, IconWebhook } from "@tabler/icons-react";
import type { Channel } from "@/api/types";

export const channelIcons: Record<Channel, Icon> = { email: IconMail, chat: IconMessage, webhook: IconWebhook };
