"""The emergency folder of a bridge point: on paper and as a workbook, made before the day, entered after a cut line."""
