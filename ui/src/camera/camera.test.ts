import { describe, expect, test } from "vitest";
import { photoName } from "./useCamera";

describe("the camera's files", () => {
  test("say camera and the machine's time", () => {
    expect(photoName(new Date(2026, 10, 5, 9, 3, 7))).toBe("camera-20261105-090307.jpg");
    expect(photoName(new Date(2026, 10, 5, 9, 3, 7), "HD Webcam: 前/1 (04f2:b6d9)")).toBe("camera-20261105-090307-HD_Webcam_前_1.jpg");
  });
});
