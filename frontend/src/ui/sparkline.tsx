import css from "@/ui/sparkline.module.css";

const width = 84;
const height = 28;

interface Props {
  values: readonly number[];
  label: string;
  tone: "accent" | "high" | "critical" | "good";
}

/** A trend without axes: the number beside it says how much. */
export function Sparkline({ values, label, tone }: Props) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1);
  const step = width / (values.length - 1);
  const points = values.map(
    (value, at) => `${(at * step).toFixed(1)},${(height - 2 - (value / top) * (height - 5)).toFixed(1)}`,
  );
  return (
    <svg className={css.spark} data-tone={tone} width={width} height={height} role="img" aria-label={label}>
      <path className={css.area} d={`M0,${height} L${points.join(" L")} L${width},${height} Z`} />
      <polyline className={css.line} points={points.join(" ")} />
    </svg>
  );
}
