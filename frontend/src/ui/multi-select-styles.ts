import "@/ui/select-styles";
// After the select's: what is built on another comes after it and overrules it.
import "@mantine/core/styles/PillsInput.layer.css";
import "@mantine/core/styles/Pill.layer.css";
