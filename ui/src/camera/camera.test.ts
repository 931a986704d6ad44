import { describe, expect, test } from "vitest";
import { photoName } from "./useCamera";

describe("the camera's files", () => {
  test("say camera and the machine's time", () => {
    expect(photoName(new Date(2026, 10, 5, 9, 3, 7))).toBe("camera-20261105-090307.jpg");
  });
});
