package dev.countersign.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Whether a class's package says that nothing in it is null unless marked. */
final class LivesIn extends ArchCondition<JavaClass> {

  private LivesIn() {
    super("live in a package that is @NullMarked");
  }

  static LivesIn aMarkedPackage() {
    return new LivesIn();
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (type.getSimpleName().equals("module-info")) {
      return;
    }
    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
    events.add(
        new SimpleConditionEvent(
            type,
            marked,
            type.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
  }
}
