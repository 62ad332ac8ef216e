/** One dataset of the spec as a table: an edit keeps true all that names a column. */

import { useTranslation } from "react-i18next";

import { ColumnsTable } from "./ColumnsTable";
import { addColumn, changeColumn, moveColumn, removeColumn, type Dataset, type Spec } from "./spec";

interface Props {
  spec: Spec;
  dataset: Dataset;
  onChange: (spec: Spec) => void;
}

export function DatasetTable({ spec, dataset, onChange }: Props) {
  const { t } = useTranslation("studio");
  const { id } = dataset;
  return (
    <ColumnsTable
      name={dataset.label ? `${dataset.label} (${id})` : id}
      note={t(`roles.${dataset.role}`)}
      columns={dataset.columns ?? []}
      onChange={(index, change) => { onChange(changeColumn(spec, id, index, change)); }}
      onMove={(index, by) => { onChange(moveColumn(spec, id, index, by)); }}
      onRemove={(index) => { onChange(removeColumn(spec, id, index)); }}
      onAdd={(label) => { onChange(addColumn(spec, id, label)); }}
    />
  );
}
