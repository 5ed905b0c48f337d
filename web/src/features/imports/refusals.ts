/** Why a file or an order is refused, in words that say what to do. */
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import { toastRefusal } from '@/components/refusalToast';
import { asProblem } from '@/lib/api/problem';

const REFUSALS = [
  'spreadsheet_file',
  'not_a_table',
  'nothing_to_import',
  'too_many_rows',
  'body_too_large',
  'import_busy',
  'import_state',
  'undo_forgotten',
  'bad_plan',
] as const;

export function useRefusal(): (error: unknown) => void {
  const { t } = useTranslation();
  return (error) => {
    const code = REFUSALS.find((known) => known === asProblem(error).code);
    if (code) toastRefusal(t(`imports.refusal.${code}`));
    else toastProblem(error);
  };
}
