/** A file to go with a new line: chosen, named, and left out again. */
import { FileInput } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
}

export function ReceiptField({ file, onFile }: Props) {
  const { t } = useTranslation();
  return (
    <FileInput
      label={t('accounting.receipt')}
      placeholder={t('accounting.receiptHint')}
      accept="image/jpeg,image/png,image/webp,application/pdf"
      leftSection={<IconPaperclip size={16} aria-hidden />}
      value={file}
      onChange={onFile}
      clearable
      clearButtonProps={{ 'aria-label': t('accounting.clearReceipt') }}
    />
  );
}
