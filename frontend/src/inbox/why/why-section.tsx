import "@/inbox/why/texts";
import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "@/inbox/why/api";
import { Explanation } from "@/inbox/why/explanation";
import css from "@/inbox/why/why.module.css";

/** Within a drawer: asked only when somebody opens it. */
export function WhySection({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <section className={css.section}>
      <h3>
        <UnstyledButton
          className={css.toggle}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen((before) => !before)}
        >
          <IconChevronRight size={16} aria-hidden />
          {t("notifications.why")}
        </UnstyledButton>
      </h3>
      <div id={id}>{isOpen && <Explanation subject={subject} />}</div>
    </section>
  );
}
