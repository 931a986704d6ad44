import { DEADLINE } from "../features/case/fixture";
import style from "../gallery/Gallery.module.css";
import { w } from "../gallery/words";
import { Button } from "./Button";
import { Card, EmptyState, SectionHeading, Skeleton } from "./Card";
import { Chip, StatusBadge } from "./Chip";
import { DeadlineExplain, DeadlineText } from "./Deadline";
import { ErrorNote } from "./ErrorNote";
import { Kbd } from "./Kbd";
import { Thumb } from "./Thumb";
import { Timeline, TimelineItem } from "./Timeline";

export const title = "States";

export function Demo() {
  return (
    <>
      <div className={style.row}>
        <DeadlineText due_date="2026-11-20" workdays_left={-1} bucket="overdue" provisional={false} />
        <DeadlineText due_date="2026-11-23" workdays_left={0} bucket="today" provisional={false} />
        <DeadlineText due_date="2026-11-26" workdays_left={3} bucket="week" provisional />
        <DeadlineText due_date={null} workdays_left={null} bucket={null} provisional={false} />
        <DeadlineExplain deadline={DEADLINE} />
      </div>
      <div className={style.row}>
        <StatusBadge status="REPORTED" label={w("已上报", "已上報", "Reported")} />
        <StatusBadge status="RETURNED" label={w("退回补正", "退回補正", "Returned")} />
        <StatusBadge status="FILED" label={w("已立案", "已立案", "Filed")} />
        <StatusBadge status="CLOSED" label={w("已结案", "已結案", "Closed")} />
        <Chip tone="offline">{w("仅在本机", "僅在本機", "Only here")}</Chip>
        <Chip tone="neutral" sign="question">
          {w("疑难", "疑難", "Difficult")}
        </Chip>
        <Kbd keys="Mod+Shift+Enter" />
        <Kbd keys="G T" />
        <Thumb src={null} />
      </div>
      <SectionHeading count={2} tone="overdue" sign="diamond" note={w("先办这些", "先辦這些", "Do these first")}>
        {w("已逾期", "已逾期", "Overdue")}
      </SectionHeading>
      <EmptyState title={w("今天没有到期的案件。", "今天沒有到期的案件。", "Nothing is due today.")} why={w("3 个小区 30 天没巡查了。", "3 個小區 30 天沒巡查了。", "3 compounds have not been visited for 30 days.")}>
        <Button>{w("排入本周", "排入本週", "Plan this week")}</Button>
      </EmptyState>
      <ErrorNote error={{ code: "disk_full", params: { free_bytes: "80000000" }, retry: false, field: null }} />
      <ErrorNote error={{ code: "offline", params: {}, retry: true, field: null }} onRetry={() => {}} />
      <Card>
        <Timeline label={w("时间线", "時間線", "Timeline")}>
          <TimelineItem title={w("复查拍照 2 张", "複查拍照 2 張", "2 photos at re-inspection")} time="11-23 09:20" meta={w("张建国", "張建國", "Zhang Jianguo")} state={<Chip tone="offline">{w("仅在本机", "僅在本機", "Only here")}</Chip>} />
          <TimelineItem title={w("责令改正到期", "責令改正到期", "Order to correct fell due")} time="11-20 17:30" sign="diamond" tone="overdue" />
          <TimelineItem title={w("退回补正", "退回補正", "Returned")} time="11-10 10:00" withdrawn meta={w("陈丽撤回", "陳麗撤回", "Withdrawn by Chen Li")} />
          <TimelineItem title={w("核查通过，立案", "核查通過，立案", "Approved and filed")} time="11-09 15:10" sign="tick" tone="done" />
        </Timeline>
      </Card>
      <Skeleton lines={3} />
    </>
  );
}
