import { Link } from "@tanstack/react-router";
import { m } from "../../i18n";
import type { BuildingView } from "../../ipc";
import { SectionHeading } from "../../kit";
import style from "./Base.module.css";

/** The dwellings of the chosen building, each a link to its file. */
export default function RoomLinks({ compound, building }: { compound: string; building: BuildingView }) {
  const title = m.base_rooms_of({ building: building.no });
  return (
    <section aria-label={title} data-testid="rooms">
      <SectionHeading count={building.rooms.length}>{title}</SectionHeading>
      <div className={style.rooms}>
        {building.rooms.map((room) => (
          <Link key={room} to="/compounds/$id/dwelling" params={{ id: compound }} search={{ building: building.no, room }} className={style.room}>
            {room}
          </Link>
        ))}
      </div>
    </section>
  );
}
