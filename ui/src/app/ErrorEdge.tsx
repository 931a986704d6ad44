import { Component, type ReactNode } from "react";
import { ErrorNote } from "../kit";
import { asApiError } from "../ipc";
import style from "./Root.module.css";

/** A screen that breaks says so in the same three sentences as any refusal. */
export class ErrorEdge extends Component<{ children: ReactNode }, { thrown: unknown }> {
  override state: { thrown: unknown } = { thrown: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown: thrown ?? "unknown" };
  }

  override render() {
    if (this.state.thrown === null) return this.props.children;
    return (
      <main className={style.alone}>
        <ErrorNote error={asApiError(this.state.thrown)} onRetry={() => this.setState({ thrown: null })} />
      </main>
    );
  }
}
