Attribute VB_Name = "SkRibbon"
Option Explicit

' The ribbon calls these three by name (see ribbon_xml.py). What a button needs travels in its tag, so that nothing
' here knows a single button: "on:<kinds of workbook>|needs:<what must hold>" (see addin/ribbon.py).

Private mRibbon As IRibbonUI
Private mEvents As SkEvents

Public Sub SkRibbonLoad(ribbon As IRibbonUI)
    On Error GoTo Failed
    Set mRibbon = ribbon
    Set mEvents = New SkEvents
    mEvents.Watch Application
    Exit Sub
Failed:
    ' Without events the buttons keep the state they had; a press checks everything again.
End Sub

Public Sub SkEnabled(control As IRibbonControl, ByRef returnedVal)
    ' In doubt it can be pressed: the press says what is wrong.
    On Error Resume Next
    returnedVal = True
    returnedVal = SkFits(control.Tag)
End Sub

Public Sub SkPress(control As IRibbonControl)
    Dim problem As String
    On Error GoTo Failed
    problem = SkObstacle(control.Tag)
    If problem <> "" Then
        SkSay problem
    Else
        SkRunButton control.ID
    End If
    SkRefresh
    Exit Sub
Failed:
    SkSayWithDetail "failed", Err.Description
End Sub

Public Sub SkRefresh()
    On Error Resume Next
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub
